using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// Negation, equality and order. And, or and the conditional aren't functions, because they don't evaluate all they are given.
/// </summary>
internal static class ComparisonFunctions
{
    private static readonly string[] Ordered =
    [
        "bool, bool",
        "int, int",
        "uint, uint",
        "double, double",
        "string, string",
        "bytes, bytes",
        "timestamp, timestamp",
        "duration, duration",
        "int, uint",
        "int, double",
        "uint, int",
        "uint, double",
        "double, int",
        "double, uint",
    ];

    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("!_(bool) -> bool", (_, a) => CelValue.From(!a[0].AsBool)),
        new("_==_(A, A) -> bool", (f, a) => CelValue.From(DeepEquality.AreEqual(f, a[0], a[1]))),
        new("_!=_(A, A) -> bool", (f, a) => CelValue.From(!DeepEquality.AreEqual(f, a[0], a[1]))),
        .. Order(Operators.Less, order => order == -1),
        .. Order(Operators.LessOrEqual, order => order is -1 or 0),
        .. Order(Operators.Greater, order => order == 1),
        .. Order(Operators.GreaterOrEqual, order => order is 1 or 0),
    ];

    private static IEnumerable<Overload> Order(string name, Func<int, bool> holds)
    {
        CelFunction body = (f, a) => Compare(f, a[0], a[1], holds);
        return Ordered.Select(types => new Overload($"{name}({types}) -> bool", body));
    }

    private static CelValue Compare(CelActivation frame, in CelValue x, in CelValue y, Func<int, bool> holds) =>
        frame.ChargeText(x.Kind == CelKind.String ? x.AsString.Length : 0) && Ordering.TryCompare(x, y, out var order)
            ? CelValue.From(holds(order))
            : Failures.TooCostly;
}
