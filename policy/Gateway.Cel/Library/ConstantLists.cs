using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Lists of literals. They are made when the expression is compiled, and so cost no steps.</summary>
internal static class ConstantLists
{
    /// <summary>Null where an element isn't a literal.</summary>
    public static ArrayList? TryMake(Expr expr) =>
        expr is ListExpr list && list.Items.All(item => item is { IsOptional: false, Value: LiteralExpr })
            ? new ArrayList([.. list.Items.Select(item => ((LiteralExpr)item.Value).Value)])
            : null;
}
