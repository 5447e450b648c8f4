// A usual script with docxtemplater: node docxtemplater_loop.js TEMPLATE VALUES OUT
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const load = createRequire(path.join(process.env.PEERS, "package.json"));
const PizZip = load("pizzip");
const Docxtemplater = load("docxtemplater");

const [template, values, out] = process.argv.slice(2);
const content = fs.readFileSync(template, "binary");
fs.mkdirSync(out, { recursive: true });
for (const [code, letter] of Object.entries(JSON.parse(fs.readFileSync(values, "utf8")))) {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true });
  document.render(letter);
  fs.writeFileSync(path.join(out, `${code}.docx`), document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
}
