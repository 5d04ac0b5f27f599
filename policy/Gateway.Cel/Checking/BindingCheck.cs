using Gateway.Cel.Syntax;
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
}
