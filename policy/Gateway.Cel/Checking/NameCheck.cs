using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>
/// Resolves names and selections. A chain of names, <c>a.b.c</c>, means the longest variable that is declared, unless its first name is a
/// macro's variable; the rest are fields (language definition, "Name Resolution").
/// </summary>
internal sealed class NameCheck(CheckContext context, Func<Expr, Checked> check)
{
    public Checked Name(NameExpr name)
    {
        if (!name.IsRooted && context.FindLocal(name.Name) is var place and >= 0)
        {
            return new Checked(new LocalExpr(name.Range, name.Name, place), context.TypeOfLocal(place));
        }

        return Declared(name.Name, name.IsRooted, name.Range) ?? Unknown(name, name.Name);
    }

    public Checked Select(SelectExpr select)
    {
        if (ChainOf(select) is var (chain, isRooted))
        {
            if (Declared(chain, isRooted, select.Range) is { } declared)
            {
                return Of(select, declared);
            }

            if (!HasDeclaredPrefix(chain, isRooted))
            {
                return Unknown(select, chain);
            }
        }

        var operand = check(select.Operand);
        return new Checked(select with { Operand = operand.Node }, FieldType(select, context.Known.Resolve(operand.Type)));
    }

    /// <summary>The names of a chain that begins with no macro's variable; null for anything else.</summary>
    public (string Chain, bool IsRooted)? ChainOf(Expr expr) =>
        expr switch
        {
            NameExpr name when name.IsRooted || context.FindLocal(name.Name) < 0 => (name.Name, name.IsRooted),
            SelectExpr { Operand: not SelectExpr { IsOptional: true } and not SelectExpr { IsTest: true } } select
                when ChainOf(select.Operand) is var (chain, isRooted) => ($"{chain}.{select.Field}", isRooted),
            _ => null,
        };

    private Checked? Declared(string name, bool isRooted, TextRange range)
    {
        foreach (var candidate in context.Environment.Candidates(name, isRooted))
        {
            if (context.Environment.SlotOf(candidate) is var slot and >= 0)
            {
                return new Checked(new SlotExpr(range, slot, candidate, IsTest: false), context.Environment.Variables.TypeOf(slot));
            }

            if (TypeNames.Table.TryGetValue(candidate, out var type))
            {
                return new Checked(new LiteralExpr(range, CelValue.From(type)), CelType.TypeOf(type));
            }
        }

        return null;
    }

    /// <summary>
    /// A declared variable, as the selection that names it wants it: <c>has(a.b)</c> and <c>a.?b</c> ask whether it has a value.
    /// </summary>
    private Checked Of(SelectExpr select, Checked declared)
    {
        if (declared.Node is not SlotExpr slot || select is { IsTest: false, IsOptional: false })
        {
            return declared;
        }

        var test = slot with { IsTest = true };
        var functions = context.Environment.Functions;
        if (
            select.IsTest
            || functions.Find("optional.of", false, 1) is not { } of
            || functions.Find("optional.none", false, 0) is not { } none
        )
        {
            return new Checked(test, CelType.Bool);
        }

        var node = new ConditionalExpr(
            select.Range,
            test,
            new InvokeExpr(select.Range, of, [slot]),
            new InvokeExpr(select.Range, none, [])
        );
        return new Checked(node, CelType.Optional(declared.Type));
    }

    private bool HasDeclaredPrefix(string chain, bool isRooted)
    {
        for (var end = chain.LastIndexOf('.'); end > 0; end = chain.LastIndexOf('.', end - 1))
        {
            if (Declared(chain[..end], isRooted, default) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private CelType FieldType(SelectExpr select, CelType operand)
    {
        if (operand.IsOptional)
        {
            var inner = FieldType(select with { IsOptional = false }, context.Known.Resolve(operand.Parameters[0]));
            return select.IsTest ? CelType.Bool : CelType.Optional(inner);
        }

        var type = operand.Kind switch
        {
            CelTypeKind.Dyn or CelTypeKind.Parameter => CelType.Dyn,
            CelTypeKind.Map when Assignability.IsAssignable(context.Known, CelType.String, operand.Parameters[0]) => operand.Parameters[1],
            _ => NoFields(select, operand),
        };
        return select.IsTest ? CelType.Bool
            : select.IsOptional ? CelType.Optional(type)
            : type;
    }

    private CelType NoFields(SelectExpr select, CelType operand)
    {
        context.Report(
            CelErrorKind.Type,
            select.Range,
            $"'{select.Field}' is selected from a value of type {operand}, which has no such fields"
        );
        return CelType.Dyn;
    }

    private Checked Unknown(Expr expr, string name)
    {
        var known = context.Environment.Names.Concat(context.LocalNames);
        var nearest = NearestName.Find(name, known);
        for (var end = name.LastIndexOf('.'); nearest is null && end > 0; end = name.LastIndexOf('.', end - 1))
        {
            nearest = NearestName.Find(name[..end], known);
        }

        return context.Fail(CelErrorKind.UnknownName, expr.Range, $"nothing named '{name}' is declared", nearest);
    }
}
