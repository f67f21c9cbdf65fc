// One peer in a process of its own: one command a line on standard input, one answer a line.
// Arguments: the folder in which the packages are installed, the name of the engine.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const readline = require('readline');
const { createRequire } = require('module');

const [folder, name] = process.argv.slice(2);
const load = createRequire(path.join(folder, 'package.json'));

// As docxtemplater's documentation has it: a new instance for each document.
function docxtemplater() {
  const PizZip = load('pizzip');
  const Docxtemplater = load('docxtemplater');
  return (template) => (data) => {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
    document.render(data);
    return document.toBuffer();
  };
}

// As carbone's documentation has it: the template is a file, found by its name in a folder.
function carbone() {
  const engine = load('carbone');
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'thidua-bench-carbone-'));
  process.on('exit', () => fs.rmSync(own, { recursive: true, force: true }));
  engine.set({ templatePath: own, tempPath: own });
  return (template) => {
    fs.writeFileSync(path.join(own, 'template.docx'), template);
    return (data) =>
      new Promise((resolve, reject) => {
        engine.render('template.docx', data, {}, (error, result) =>
          error ? reject(error instanceof Error ? error : new Error(error)) : resolve(result),
        );
      });
  };
}

// Linux keeps the highest resident size of a process; writing 5 forgets it (man 5 proc).
function peakMb() {
  return Number(/VmHWM:\s+(\d+) kB/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
}

const prepare = { docxtemplater, carbone }[name]();
let data, render, result;

const commands = {
  async load(command) {
    data = JSON.parse(fs.readFileSync(command.data, 'utf8'));
    render = prepare(fs.readFileSync(command.template));
    fs.writeFileSync('/proc/self/clear_refs', '5');
    return { peak_mb: peakMb() };
  },
  async render() {
    result = undefined;
    const started = process.hrtime.bigint();
    result = await render(data);
    return { ms: Number(process.hrtime.bigint() - started) / 1e6 };
  },
  async save(command) {
    fs.writeFileSync(command.path, result);
    return {};
  },
  async peak() {
    return { peak_mb: peakMb() };
  },
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    let answer;
    try {
      answer = await commands[command.do](command);
    } catch (error) {
      answer = { error: `${error.name}: ${error.message}` };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

main();
