import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

/**
 * @typedef {import("@formatjs/icu-messageformat-parser").MessageFormatElement} Element
 *
 * @typedef {{
 *   kinds: Map<string, "value" | "number" | "select" | "plural">,
 *   selects: Map<string, string>,
 *   plurals: { name: string, ordinal: boolean, cases: string[] }[],
 *   tags: Set<string>,
 * }} Shape What a message needs: its arguments, the cases of each, and its tags.
 */

/**
 * Parses a message. Throws if it is not ICU MessageFormat.
 *
 * @param {string} message
 * @returns {Element[]}
 */
export function parseMessage(message) {
  return parse(message);
}

/**
 * @param {readonly Element[]} elements
 * @returns {Shape}
 */
export function shapeOf(elements) {
  /** @type {Shape} */
  const shape = { kinds: new Map(), selects: new Map(), plurals: [], tags: new Set() };
  const setKind = (
    /** @type {string} */ name,
    /** @type {"value" | "number" | "select" | "plural"} */ kind,
  ) => {
    const known = shape.kinds.get(name);
    // An argument that is used twice, such as in a plural and as text, has the kind that needs more from a translator.
    const order = ["value", "number", "plural", "select"];
    if (!known || order.indexOf(kind) > order.indexOf(known)) shape.kinds.set(name, kind);
  };
  const visit = (/** @type {readonly Element[]} */ nodes) => {
    for (const node of nodes) {
      if (node.type === TYPE.argument) setKind(node.value, "value");
      if (node.type === TYPE.number || node.type === TYPE.date || node.type === TYPE.time)
        setKind(node.value, "number");
      if (node.type === TYPE.tag) {
        shape.tags.add(node.value);
        visit(node.children);
      }
      if (node.type === TYPE.select || node.type === TYPE.plural) {
        const cases = Object.keys(node.options);
        if (node.type === TYPE.select) {
          setKind(node.value, "select");
          shape.selects.set(node.value, cases.sort().join(", "));
        } else {
          setKind(node.value, "plural");
          shape.plurals.push({ name: node.value, ordinal: node.pluralType === "ordinal", cases });
        }
        for (const option of Object.values(node.options)) visit(option.value);
      }
    }
  };
  visit(elements);
  return shape;
}

/**
 * Returns every text that a message can become, with `{name}` for its arguments and without tags.
 *
 * @param {readonly Element[]} elements
 * @returns {string[]}
 */
export function textsOf(elements) {
  return elements.reduce(
    (/** @type {string[]} */ texts, element) =>
      texts.flatMap((text) => textsOfElement(element).map((next) => text + next)),
    [""],
  );
}

/**
 * @param {Element} element
 * @returns {string[]}
 */
function textsOfElement(element) {
  switch (element.type) {
    case TYPE.literal:
      return [element.value];
    case TYPE.pound:
      return ["#"];
    case TYPE.tag:
      return element.children.length > 0 ? textsOf(element.children) : [`{${element.value}}`];
    case TYPE.select:
    case TYPE.plural:
      return Object.values(element.options).flatMap((option) => textsOf(option.value));
    default:
      return [`{${element.value}}`];
  }
}
