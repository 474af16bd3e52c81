#include "publish/public_page.h"

namespace publish::page {

const char* const kStyle = R"(:root{
  color-scheme:light dark;
  --ground:#ffffff;--words:#1d2433;--quiet:#4f5b6f;--link:#0b4fa8;--line:#c9d0da;--wash:#f1f4f8;--bar:#0b4fa8;
  --b1:#dcebfb;--b2:#b3d3f3;--b3:#82b3e6;--b4:#2f74bd;--b5:#0b4f93
}
@media (prefers-color-scheme:dark){:root{
  --ground:#12161d;--words:#e8ecf2;--quiet:#aab4c3;--link:#8fbcff;--line:#3a4453;--wash:#1c222c;--bar:#8fbcff;
  --b1:#1d2f47;--b2:#264a73;--b3:#31669f;--b4:#4b88c9;--b5:#8fbcff
}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--words);font:1.0625rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-100vw}
.skip:focus{position:static;display:inline-block;padding:.5rem 1rem}
.top,main,footer{max-width:56rem;margin:0 auto;padding:0 1rem}
.top{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:baseline;padding-top:1rem;padding-bottom:1rem;border-bottom:1px solid var(--line)}
.site{font-weight:700;font-size:1.2rem;text-decoration:none}
nav ul,.share ul,.briefs{list-style:none;margin:0;padding:0}
nav ul,.share ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
nav a,.share a{display:inline-block;padding:.25rem 0;min-height:1.5rem}
h1{font-size:1.9rem;line-height:1.25;margin:1.5rem 0 .5rem}
h2{font-size:1.3rem;line-height:1.3;margin:2rem 0 .5rem}
.brief,h3{font-size:1.1rem;line-height:1.35;margin:0}
p{margin:.5rem 0 1rem;max-width:44rem;overflow-wrap:anywhere}
.lead{font-size:1.15rem;font-weight:600}
.quiet{color:var(--quiet);font-size:.95rem}
.note,.preview{background:var(--wash);border-left:4px solid var(--link);padding:.5rem .75rem}
.preview{margin:0;max-width:none;font-weight:600}
.briefs li{display:flex;gap:1rem;padding:1rem 0;border-bottom:1px solid var(--line)}
.briefs img{width:9rem;height:auto;align-self:flex-start;flex:none}
.briefs div{min-width:0}
.briefs p{margin:.25rem 0}
figure{margin:1.5rem 0}
img{max-width:100%;height:auto}
figcaption{color:var(--quiet);font-size:.95rem}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--wash)}
tbody th{font-weight:400}
.figure{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .figure{white-space:normal}
.bars{width:100%;max-width:26rem;height:auto;display:block;margin:.25rem 0;font-size:14px;overflow:visible}
.bars text{fill:var(--words)}
.bars rect{fill:var(--bar)}
.outlines{position:absolute;width:0;height:0}
.map{width:100%;max-width:44rem;height:auto;display:block;margin:.25rem 0}
.map use{stroke:var(--ground);stroke-width:3;stroke-linejoin:round}
.map text{fill:var(--words);font-size:28px;text-anchor:middle}
.map .on-b4,.map .on-b5{fill:var(--ground)}
.map .sum{font-weight:700}
.b0{fill:var(--wash)}.b1{fill:var(--b1)}.b2{fill:var(--b2)}.b3{fill:var(--b3)}.b4{fill:var(--b4)}.b5{fill:var(--b5)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.5rem 0;padding:0;font-size:.95rem}
.legend li{display:flex;align-items:center;gap:.4rem;font-variant-numeric:tabular-nums}
.legend svg{width:1rem;height:1rem;outline:1px solid var(--line)}
.address{display:none}
.code{width:9rem;height:9rem;display:block;margin-top:1rem}
.paper{fill:#ffffff}
.ink{fill:#000000}
footer p{max-width:none}
dt{font-weight:600}
dd{margin:0 0 .75rem}
footer{color:var(--quiet);border-top:1px solid var(--line);margin-top:3rem;padding-bottom:2rem}
@media (max-width:36rem){.map .name{display:none}.map .sum{font-size:48px}.briefs img{width:6rem}h1{font-size:1.5rem}}
@media print{
  :root{--ground:#ffffff;--words:#000000;--quiet:#333333;--link:#000000;--line:#999999;--wash:#ffffff;--bar:#555555;--b1:#eeeeee;--b2:#d4d4d4;--b3:#b4b4b4;--b4:#8f8f8f;--b5:#666666}
  .top nav,.categories,.skip,.share ul,footer{display:none}
  .wide{overflow:visible}
  .share{display:flex;gap:1rem;align-items:center;break-inside:avoid}
  .share h2,section[aria-labelledby=lien-quan]{display:none}
  .address{display:block;order:2}
  .code{width:6rem;height:6rem;margin:0}
  h2,h3{break-after:avoid}
  figure,tr{break-inside:avoid}
  .map{max-height:18cm}
  use,rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}
  figure img{max-height:16cm;width:auto}
}
)";

}  // namespace publish::page
