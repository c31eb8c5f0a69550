// Smart rules: fields, operators, editor.
export const rules = {} as const;
