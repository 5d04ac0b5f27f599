using Gateway.Cel.Checking;
using Gateway.Cel.Syntax;

namespace Gateway.Cel.Compilation;

/// <summary>The parts that a checked expression is made of, one level down.</summary>
internal static class ExprChildren
{
    public static IEnumerable<Expr> Of(Expr expr) =>
        expr switch
        {
            SelectExpr select => [select.Operand],
            InvokeExpr invoke => invoke.Arguments,
            MatchExpr match => [match.Operand],
            OptionalOrExpr or => [or.Target, or.Alternative],
            AndExpr and => and.Terms,
            OrExpr or => or.Terms,
            ConditionalExpr conditional => [conditional.Condition, conditional.WhenTrue, conditional.WhenFalse],
            ListExpr list => list.Items.Select(item => item.Value),
            MapExpr map => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
            BindExpr bind => [bind.Value, bind.Body],
            OptionalMapExpr map => [map.Target, map.Body],
            ComprehensionExpr { Filter: { } filter } comprehension => [comprehension.Source, filter, comprehension.Body],
            ComprehensionExpr comprehension => [comprehension.Source, comprehension.Body],
            _ => [],
        };
}
