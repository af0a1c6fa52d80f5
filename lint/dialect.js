// The project's one dialect, where the linter has no rule for it: private members are #private (but for src/history, where
// methods run once a probe and #private costs a sixth of the speed: there they have the keyword, docs/decisions/0071), constants of a module
// that stand for a number, a text or a truth are in upper case, and functions are arrows where they can be (generators and
// assertions can't).

const UPPER_CASE = /^[A-Z][A-Z0-9_]*$/;

const isPlain = (node) =>
  (node?.type === 'Literal' && !node.regex) ||
  (node?.type === 'UnaryExpression' && isPlain(node.argument)) ||
  (node?.type === 'BinaryExpression' && isPlain(node.left) && isPlain(node.right));

const noPrivateKeyword = {
  create: (context) => {
    const check = (node) => {
      // A constructor has no # form.
      if (node.kind !== 'constructor' && node.accessibility !== undefined && node.accessibility !== null) {
        context.report({ node, message: 'members are public or #private: no accessibility keyword' });
      }
    };
    return { PropertyDefinition: check, MethodDefinition: check, TSParameterProperty: check };
  },
};

const noPrivateNames = {
  create: (context) => ({
    PropertyDefinition: ({ key }) => {
      if (key.type === 'PrivateIdentifier') context.report({ node: key, message: 'private, not #, where it is hot' });
    },
    MethodDefinition: ({ key }) => {
      if (key.type === 'PrivateIdentifier') context.report({ node: key, message: 'private, not #, where it is hot' });
    },
  }),
};

const constantCase = {
  create: (context) => ({
    Program: (program) => {
      for (const statement of program.body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
        for (const { id, init } of declaration.declarations) {
          if (id.type === 'Identifier' && isPlain(init) && !UPPER_CASE.test(id.name)) {
            context.report({ node: id, message: `${id.name} is a constant of the module: write it in upper case` });
          }
        }
      }
    },
  }),
};

const functionForm = {
  create: (context) => ({
    FunctionDeclaration: (node) => {
      const asserts = node.returnType?.typeAnnotation?.asserts === true;
      if (!node.generator && !asserts) context.report({ node, message: 'write it as const name = (...) => ...' });
    },
  }),
};

export default {
  meta: { name: 'dialect' },
  rules: {
    'no-private-keyword': noPrivateKeyword,
    'no-private-names': noPrivateNames,
    'constant-case': constantCase,
    'function-form': functionForm,
  },
};
