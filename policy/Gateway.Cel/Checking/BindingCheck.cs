using Gateway.Cel.Syntax;
using Gateway.Cel.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>Checks the macros that bind names, and gives each name its place.</summary>
internal sealed class BindingCheck(CheckContext context, Func<Expr, Checked> check)
{
    public Checked Bind(BindExpr bind)
    {
        var value = check(bind.Value);
        var place = context.Declare((bind.Name, value.Type));
        var body = check(bind.Body);
        context.Forget(1);
        return new Checked(bind with { Value = value.Node, Body = body.Node, Place = place }, body.Type);
    }

    public Checked OptionalMap(OptionalMapExpr map)
    {
        var target = check(map.Target);
        var inner = context.Known.Fresh();
        context.Expect(target, CelType.Optional(inner), "what optMap and optFlatMap are called on");
        var place = context.Declare((map.Name, context.Known.Resolve(inner)));
        var body = check(map.Body);
        context.Forget(1);
        if (map.IsFlat)
        {
            context.Expect(body, CelType.Optional(context.Known.Fresh()), "what optFlatMap gives");
        }

        var type = map.IsFlat ? body.Type : CelType.Optional(body.Type);
        return new Checked(map with { Target = target.Node, Body = body.Node, Place = place }, type);
    }

    public Checked Comprehension(ComprehensionExpr expr)
    {
        var source = check(expr.Source);
        var (key, value) = Elements(source);
        context.EnterComprehension(expr.Range);
        var isList = context.Known.Resolve(source.Type).Kind == CelTypeKind.List;
        var place = expr.SecondName is null
            ? context.Declare((expr.Name, isList ? value : key))
            : context.Declare((expr.Name, key), (expr.SecondName, value));
        var filter = expr.Filter is null ? (Checked?)null : check(expr.Filter);
        var body = check(expr.Body);
        context.Forget(expr.SecondName is null ? 1 : 2);
        context.LeaveComprehension();
        if (filter is { } condition)
        {
            context.Expect(condition, CelType.Bool, "the condition of a macro");
        }

        var node = expr with { Source = source.Node, Filter = filter?.Node, Body = body.Node, Place = place };
        return new Checked(node, ResultType(expr, key, body));
    }

    /// <summary>Index and element of a list, key and value of a map.</summary>
    private (CelType Key, CelType Value) Elements(Checked source)
    {
        var type = context.Known.Resolve(source.Type);
        switch (type.Kind)
        {
            case CelTypeKind.List:
                return (CelType.Int, type.Parameters[0]);
            case CelTypeKind.Map:
                return (type.Parameters[0], type.Parameters[1]);
            case CelTypeKind.Dyn or CelTypeKind.Parameter:
                return (CelType.Dyn, CelType.Dyn);
            default:
                context.Report(CelErrorKind.Type, source.Node.Range, $"a macro goes over a list or a map, and this is {type}");
                return (CelType.Dyn, CelType.Dyn);
        }
    }

    private CelType ResultType(ComprehensionExpr expr, CelType key, Checked body)
    {
        switch (expr.Kind)
        {
            case ComprehensionKind.List:
                return CelType.List(body.Type);
            case ComprehensionKind.Map:
                return CelType.Map(key, body.Type);
            case ComprehensionKind.MapEntries:
                var map = CelType.Map(context.Known.Fresh(), context.Known.Fresh());
                context.Expect(body, map, "what transformMapEntry gives");
                return context.Known.Resolve(map);
            default:
                context.Expect(body, CelType.Bool, "the condition of a macro");
                return CelType.Bool;
        }
    }
}
