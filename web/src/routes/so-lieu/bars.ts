import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, SVGRenderer]);

/** Horizontal bars with their figures written beside them. */
export function bars(place: HTMLElement) {
  const chart = init(place, null, { renderer: 'svg' });
  const resize = () => chart.resize();
  addEventListener('resize', resize);
  return {
    show(names: string[], values: number[], label: (at: number) => string) {
      const colour = getComputedStyle(place).color;
      const narrow = place.clientWidth < 480;
      chart.resize();
      chart.setOption({
        animation: false,
        grid: { left: narrow ? 110 : 150, right: narrow ? 60 : 90, top: 8, bottom: 24 },
        xAxis: { type: 'value', axisLabel: { color: colour }, splitNumber: narrow ? 3 : 5, splitLine: { lineStyle: { color: '#8894a455' } } },
        yAxis: { type: 'category', inverse: true, data: names, axisLabel: { color: colour, width: narrow ? 100 : 140, overflow: 'truncate', interval: 0 } },
        series: [{
          type: 'bar', data: values, itemStyle: { color: '#2b74ad' },
          label: { show: true, position: 'right', color: colour, formatter: (at: { dataIndex: number }) => label(at.dataIndex) }
        }]
      });
    },
    dispose() {
      removeEventListener('resize', resize);
      chart.dispose();
    }
  };
}
