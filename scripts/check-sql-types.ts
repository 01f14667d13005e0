import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { SqlResult } from "./sql-results";

/**
 * Compares the types that the code declares for the results of `$queryRaw` with what the integration tests recorded
 * (`scripts/sql-results.ts`), down to the keys of JSON. Fails for a column without a property, a property without a
 * column, a value of a different type, and a statement of which no test reads a row.
 *
 * Usage: tsx scripts/check-sql-types.ts <file of records>
 */

const root = path.resolve(import.meta.dirname, "..");

type Statement = { file: string; first: number; last: number; row: ts.Type; node: ts.Node };

/** Returns what does not match, and the number of statements, in the files of a program below `folder`. */
export function checkSqlTypes(
  program: ts.Program,
  folder: string,
  results: readonly SqlResult[],
): { statements: number; problems: string[] } {
  const checker = program.getTypeChecker();
  const statements = program
    .getSourceFiles()
    .filter(({ fileName }) => {
      const file = path.relative(folder, fileName);
      return /^(lib|prisma)\//.test(file) && !/generated|[.]test[.]|fixture|upgrade/.test(file);
    })
    .flatMap((source) => findStatements(checker, source, folder));
  const problems = statements.flatMap((statement) => {
    const { file, first, last } = statement;
    const own = results.filter(({ file: name, line }) => name === file && line >= first && line <= last);
    return checkStatement(checker, statement, own);
  });
  return { statements: statements.length, problems };
}

/** Returns the statements of a file whose result is used; those inside another one are part of its lines. */
function findStatements(checker: ts.TypeChecker, source: ts.SourceFile, folder: string): Statement[] {
  const found: Statement[] = [];
  const visit = (node: ts.Node) => {
    const called = ts.isCallExpression(node)
      ? node.expression
      : ts.isTaggedTemplateExpression(node)
        ? node.tag
        : undefined;
    const row =
      called && ts.isPropertyAccessExpression(called) && called.name.text === "$queryRaw"
        ? rowType(checker, node)
        : undefined;
    if (row) {
      const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
      const [first, last] = [lineOf(node.getStart(source)), lineOf(node.getEnd())];
      found.push({ file: path.relative(folder, source.fileName), first, last, row, node });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Returns the declared type of one row; undefined if the result is unused (a lock) or the statement is generic. */
function rowType(checker: ts.TypeChecker, call: ts.Node): ts.Type | undefined {
  const promise = checker.getTypeAtLocation(call);
  const [rows] = checker.getTypeArguments(promise as ts.TypeReference);
  if (!rows || rows.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return undefined;
  const row = checker.getIndexTypeOfType(rows, ts.IndexKind.Number);
  return row && !(row.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) ? row : undefined;
}

function checkStatement(
  checker: ts.TypeChecker,
  { file, first, row, node }: Statement,
  results: readonly SqlResult[],
): string[] {
  const at = `${file}:${first}`;
  const values = new Map<string, Set<string>>();
  for (const result of results)
    for (const [place, types] of Object.entries(result.values))
      values.set(place, new Set([...(values.get(place) ?? []), ...types]));
  if (values.size === 0) return [`${at} no integration test reads a row of this statement`];

  const problems: string[] = [];
  const checkValue = (place: string, type: ts.Type) => {
    const declared = allowedTypes(checker, type);
    const seen = values.get(place);
    if (!declared || !seen) return;
    for (const name of seen)
      if (!declared.has(name))
        problems.push(`${at} "${place}" is ${name}, declared as ${[...declared].sort().join(" | ")}`);
    const parts = checker.getNonNullableType(type);
    for (const part of parts.isUnion() ? parts.types : [parts]) {
      const item = isArray(checker, part) ? checker.getIndexTypeOfType(part, ts.IndexKind.Number) : undefined;
      if (item) checkValue(`${place}[]`, item);
      else if (declared.has("object") && seen.has("object")) checkProperties(`${place}.`, part);
    }
  };
  const checkProperties = (prefix: string, type: ts.Type) => {
    const others = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const properties = new Map(
      checker.getPropertiesOfType(type).map((property) => [property.name, property]),
    );
    const names = [...values.keys()]
      .filter((place) => place.startsWith(prefix))
      .map((place) => place.slice(prefix.length))
      .filter((name) => !/[.[]/.test(name));
    for (const name of names) {
      const property = properties.get(name);
      const declared = property ? checker.getTypeOfSymbolAtLocation(property, node) : others;
      if (declared) checkValue(`${prefix}${name}`, declared);
      else problems.push(`${at} "${prefix}${name}" is not declared`);
    }
    for (const [name, { flags }] of properties)
      if (!names.includes(name) && !(flags & ts.SymbolFlags.Optional))
        problems.push(`${at} "${prefix}${name}" is declared, but not selected`);
  };
  checkProperties("", row);
  return problems;
}

/**
 * Returns the names of the types that a value may have, as `scripts/sql-results.ts` writes them; undefined for any
 * type.
 */
function allowedTypes(checker: ts.TypeChecker, type: ts.Type): Set<string> | undefined {
  const names = new Set<string>();
  for (const part of type.isUnion() ? type.types : [type]) {
    const { flags } = part;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) return undefined;
    if (flags & ts.TypeFlags.StringLike) names.add("string");
    else if (flags & ts.TypeFlags.NumberLike) names.add("number");
    else if (flags & ts.TypeFlags.BooleanLike) names.add("boolean");
    else if (flags & ts.TypeFlags.BigIntLike) names.add("bigint");
    else if (flags & ts.TypeFlags.Null) names.add("null");
    else if (isArray(checker, part)) names.add("array");
    else if (part.symbol?.name === "Date") names.add("Date");
    else if (["Buffer", "Uint8Array"].includes(part.symbol?.name ?? "")) names.add("Uint8Array");
    else if (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) names.add("object");
  }
  return names;
}

/** Returns true for arrays and for intersections of arrays. */
function isArray(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some((part) => isArray(checker, part));
  return checker.isArrayType(type) || checker.isTupleType(type);
}

/** Reads the records that the integration tests appended to a file. */
function readResults(file: string): SqlResult[] {
  if (!existsSync(file)) throw new Error("The results of the integration tests are missing. Run them first.");
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line): SqlResult => JSON.parse(line));
}

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(fileNames, { ...options, noEmit: true, incremental: false });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = readResults(process.argv[2] ?? "");
  const { statements, problems } = checkSqlTypes(createProgram(), root, results);
  for (const problem of problems) console.error(problem);
  console.log(`${statements} SQL statements with a result, ${problems.length} problems`);
  process.exitCode = problems.length === 0 && statements > 0 ? 0 : 1;
}
