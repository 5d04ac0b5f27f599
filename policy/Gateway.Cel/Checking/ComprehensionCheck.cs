using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Checking;

/// <summary>Checks the macros that go over a list or a map, and gives their names places.</summary>
internal sealed class ComprehensionCheck(CheckContext context, Func<Expr, Checked> check)
{
    private readonly ComprehensionTypes _types = new(context);

    public Checked Check(ComprehensionExpr expr)
    {
        var source = check(expr.Source);
        var (key, value, sole) = _types.ElementsOf(source);
        context.EnterComprehension(expr.Range);
        var place = expr.SecondName is null
            ? context.Declare((expr.Name, sole))
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
        return new Checked(node, _types.ResultOf(expr, key, body));
    }
}
