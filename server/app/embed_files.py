"""Writes a .cpp with the given files as string constants: embed_files.py [--namespace NAME] OUT FILE…"""
import pathlib
import sys

CHUNK = 8000  # well below the longest string literal compilers promise


def literal(text):
    parts = []
    data = text.encode()
    for start in range(0, len(data), CHUNK):
        piece = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in data[start:start + CHUNK])
        parts.append(f'  made.append("{piece}", {len(data[start:start + CHUNK])});')
    return "\n".join(parts)


arguments = sys.argv[1:]
namespace = "app::demo_files"
if arguments[0] == "--namespace":
    namespace, arguments = arguments[1], arguments[2:]
out, files = arguments[0], arguments[1:]
functions = []
for file in files:
    path = pathlib.Path(file)
    name = path.name.replace(".", "_")
    functions.append(f"std::string {name}() {{\n  std::string made;\n{literal(path.read_text())}\n  return made;\n}}")
pathlib.Path(out).write_text('#include <string>\n\nnamespace ' + namespace + ' {\n' +
                             "".join(f"std::string {pathlib.Path(f).name.replace('.', '_')}();\n" for f in files) +
                             "\n\n".join(functions) + "\n}  // namespace " + namespace + "\n")
