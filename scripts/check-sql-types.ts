import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { SqlResult } from "./sql-results";

/**
 * Compares the types that the code declares for the results of `$queryRaw` with what the integration tests recorded
 * (`scripts/sql-results.ts`). Fails for a column without a property, a property without a column, a value of another type,
 * and a statement that no test has run to a row.
 *
 * Usage: tsx scripts/check-sql-types.ts <file of records>
 */

const root = path.resolve(import.meta.dirname, "..");
const [recordFile = ""] = process.argv.slice(2);
if (!existsSync(recordFile)) {
  console.error("Run the integration tests with FOYER_SQL_RESULTS=<file> first, then pass that file.");
  process.exit(1);
}
const results = readFileSync(recordFile, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line): SqlResult => JSON.parse(line));

const configFile = path.join(root, "tsconfig.json");
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(configFile, ts.sys.readFile).config,
  ts.sys,
  root,
);
const program = ts.createProgram(config.fileNames, { ...config.options, noEmit: true, incremental: false });
const checker = program.getTypeChecker();

type Statement = { file: string; first: number; last: number; row: ts.Type; node: ts.Node };

const statements = program
  .getSourceFiles()
  .filter(({ fileName }) => {
    const file = path.relative(root, fileName);
    return /^(lib|prisma)\//.test(file) && !/generated|[.]test[.]|fixture|upgrade/.test(file);
  })
  .flatMap(findStatements);
const problems = statements.flatMap(checkStatement);
for (const problem of problems) console.error(problem);
console.log(`${statements.length} SQL statements with a result, ${problems.length} problems.`);
process.exit(problems.length === 0 ? 0 : 1);

function findStatements(source: ts.SourceFile): Statement[] {
  const found: Statement[] = [];
  const visit = (node: ts.Node) => {
    const called = ts.isCallExpression(node)
      ? node.expression
      : ts.isTaggedTemplateExpression(node)
        ? node.tag
        : undefined;
    if (called && ts.isPropertyAccessExpression(called) && called.name.text === "$queryRaw") {
      const row = rowType(node);
      const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
      if (row)
        found.push({
          file: path.relative(root, source.fileName),
          first: lineOf(node.getStart(source)),
          last: lineOf(node.getEnd()),
          row,
          node,
        });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Returns the declared type of one row; undefined if the result is unused (`SELECT … FOR UPDATE`) or generic. */
function rowType(call: ts.Node): ts.Type | undefined {
  const promise = checker.getTypeAtLocation(call);
  const [rows] = checker.getTypeArguments(promise as ts.TypeReference);
  if (!rows || rows.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return undefined;
  const row = checker.getIndexTypeOfType(rows, ts.IndexKind.Number);
  return row && !(row.flags & ts.TypeFlags.TypeParameter) ? row : undefined;
}

function checkStatement({ file, first, last, row, node }: Statement): string[] {
  const at = `${file}:${first}`;
  const own = results.filter((result) => result.file === file && result.line >= first && result.line <= last);
  const columns = new Map<string, Set<string>>();
  for (const result of own)
    for (const [name, types] of Object.entries(result.columns))
      columns.set(name, new Set([...(columns.get(name) ?? []), ...types]));
  if (columns.size === 0) return [`${at} no integration test reads a row of this statement`];
  const properties = new Map(checker.getPropertiesOfType(row).map((property) => [property.name, property]));
  return [
    ...[...columns].flatMap(([name, types]) => {
      const property = properties.get(name);
      if (!property) return [`${at} the column "${name}" is not declared`];
      const declared = allowedTypes(checker.getTypeOfSymbolAtLocation(property, node));
      return [...types]
        .filter((type) => declared && !declared.has(type))
        .map(
          (type) => `${at} the column "${name}" is ${type}, declared as ${[...(declared ?? [])].join(" | ")}`,
        );
    }),
    ...[...properties]
      .filter(([name, { flags }]) => !columns.has(name) && !(flags & ts.SymbolFlags.Optional))
      .map(([name]) => `${at} the property "${name}" has no column`),
  ];
}

/** Returns the names of the types that a value may have, as `scripts/sql-results.ts` writes them; undefined: any. */
function allowedTypes(type: ts.Type): Set<string> | undefined {
  const names = new Set<string>();
  for (const part of type.isUnion() ? type.types : [type]) {
    const { flags } = part;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return undefined;
    if (flags & ts.TypeFlags.StringLike) names.add("string");
    else if (flags & ts.TypeFlags.NumberLike) names.add("number");
    else if (flags & ts.TypeFlags.BooleanLike) names.add("boolean");
    else if (flags & ts.TypeFlags.BigIntLike) names.add("bigint");
    else if (flags & ts.TypeFlags.Null) names.add("null");
    else if (checker.isArrayType(part) || checker.isTupleType(part)) names.add("array");
    else if (part.symbol?.name === "Date") names.add("Date");
    else if (["Buffer", "Uint8Array"].includes(part.symbol?.name ?? "")) names.add("Uint8Array");
    else if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) names.add("object");
  }
  return names;
}
