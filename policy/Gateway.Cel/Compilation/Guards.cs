using Gateway.Cel.Checking;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>
/// Finds guards among the terms that a condition joins by <c>&amp;&amp;</c>. The first false term decides, whatever errors stand before it,
/// and what stands behind it isn't evaluated. So a term may be a guard where none before it could throw or use up the steps.
/// </summary>
internal static class Guards
{
    private const string StartsWith = "startsWith";
    private const string EndsWith = "endsWith";

    /// <value>More than any part of a plain term takes.</value>
    private const int StepsOfAPart = 8;

    /// <summary>In the order of the terms; none where there might not be steps enough for the terms before one.</summary>
    public static IReadOnlyList<CelGuard> Find(Expr condition, CelEnvironment environment)
    {
        var guards = new List<CelGuard>();
        if ((long)environment.Limits.Nodes * StepsOfAPart <= environment.Limits.Cost)
        {
            Collect(condition, environment, guards, []);
        }

        return guards;
    }

    /// <summary>False where no term behind this one can be a guard.</summary>
    private static bool Collect(Expr term, CelEnvironment environment, List<CelGuard> guards, List<SelectExpr> tests)
    {
        if (term is AndExpr and)
        {
            return and.Terms.All(inner => Collect(inner, environment, guards, tests));
        }

        if (Comparison(term) is var (subject, constants))
        {
            Expr[] before = [.. tests.Where(test => SubjectExpr.IsBelow(subject, test))];
            guards.Add(new CelGuard(new CelSubject(environment.Variables, environment.Limits.Cost, subject, before), constants));
        }
        else if (term is SelectExpr { IsTest: true } test)
        {
            tests.Add(test);
        }

        return IsPlain(term);
    }

    /// <summary>A subject that is compared with constants, by any of the ways to write it; null for anything else.</summary>
    private static (Expr Subject, IReadOnlyList<CelValue> Constants)? Comparison(Expr term)
    {
        (Expr Subject, IReadOnlyList<CelValue> Constants)? found = term switch
        {
            InvokeExpr { Function.Function: Operators.EqualTo, Arguments: [var subject, LiteralExpr constant] } => (
                subject,
                [constant.Value]
            ),
            InvokeExpr { Function.Function: Operators.EqualTo, Arguments: [LiteralExpr constant, var subject] } => (
                subject,
                [constant.Value]
            ),
            InvokeExpr { Function.Function: Operators.In, Arguments: [var subject, ListExpr list] } when list.ToConstant() is not null => (
                subject,
                [.. list.Items.Select(item => ((LiteralExpr)item.Value).Value)]
            ),
            OrExpr or => Joined(or),
            _ => null,
        };
        return found is { } comparison && SubjectExpr.Is(comparison.Subject) && comparison.Constants.All(c => ConstantTable.Takes(c))
            ? found
            : null;
    }

    private static (Expr Subject, IReadOnlyList<CelValue> Constants)? Joined(OrExpr or)
    {
        var all = or.Terms.Select(Comparison).ToList();
        return all.TrueForAll(one => one is not null && SubjectExpr.AreSame(one.Value.Subject, all[0]!.Value.Subject))
            ? (all[0]!.Value.Subject, [.. all.SelectMany(one => one!.Value.Constants)])
            : null;
    }

    /// <summary>Whether it can't throw and takes few steps, whatever the variables are.</summary>
    private static bool IsPlain(Expr term) =>
        term switch
        {
            AndExpr and => and.Terms.All(IsPlain),
            OrExpr or => or.Terms.All(IsPlain),
            LiteralExpr or SlotExpr => true,
            SelectExpr { IsTest: true } test => SubjectExpr.Is(test.Operand),
            InvokeExpr { Function.Function: Operators.Not, Arguments: [var inner] } => IsPlain(inner),
            InvokeExpr { Function.Function: Operators.EqualTo or Operators.NotEqualTo } compared => IsPlainPair(compared),
            InvokeExpr { Function.Function: StartsWith or EndsWith } compared => IsPlainPair(compared),
            InvokeExpr invoke => ComparisonConditions.Fits(invoke) && SubjectExpr.Is(invoke.Arguments[0]),
            _ => SubjectExpr.Is(term),
        };

    private static bool IsPlainPair(InvokeExpr compared) =>
        (compared.Arguments is [var left, LiteralExpr] && SubjectExpr.Is(left))
        || (compared.Arguments is [LiteralExpr, var right] && SubjectExpr.Is(right));
}
