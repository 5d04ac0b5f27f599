using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Values that may be absent. The alternatives of <c>or</c> and <c>orValue</c> are evaluated only where they are needed.</summary>
internal static class OptionalFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("optional.of(A) -> optional(A)", (_, a) => CelOptional.Of(a[0])),
        new("optional.ofNonZeroValue(A) -> optional(A)", (_, a) => ZeroValues.IsZero(a[0]) ? CelOptional.None : CelOptional.Of(a[0])),
        new("optional.none() -> optional(A)", (_, _) => CelOptional.None),
        new("(optional(A)).hasValue() -> bool", (_, a) => CelValue.From(a[0].AsOptional.HasValue)),
        new("(optional(A)).value() -> A", (_, a) => a[0].AsOptional.HasValue ? a[0].AsOptional.Value : NoValue),
        new("(optional(A)).or(optional(A)) -> optional(A)", (_, a) => a[0].AsOptional.HasValue ? a[0] : a[1]),
        new("(optional(A)).orValue(A) -> A", (_, a) => a[0].AsOptional.HasValue ? a[0].AsOptional.Value : a[1]),
        new("optional.unwrap(list(optional(A))) -> list(A)", (f, a) => Unwrap(f, a[0].AsList)),
        new("(list(optional(A))).unwrapOpt() -> list(A)", (f, a) => Unwrap(f, a[0].AsList)),
        new("(list(A)).first() -> optional(A)", (_, a) => At(a[0].AsList, 0)),
        new("(list(A)).last() -> optional(A)", (_, a) => At(a[0].AsList, a[0].AsList.Count - 1)),
    ];

    private static readonly CelValue NoValue = CelValue.Fail("the optional has no value");

    private static CelValue At(CelList list, int index) =>
        index >= 0 && index < list.Count ? CelOptional.Of(list[index]) : CelOptional.None;

    private static CelValue Unwrap(CelActivation frame, CelList list)
    {
        if (!frame.Charge(list.Count))
        {
            return Failures.TooCostly;
        }

        var items = new List<CelValue>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Kind != CelKind.Optional)
            {
                return CelValue.From(CelFault.NoOverload("unwrap"));
            }

            if (list[i].AsOptional is { HasValue: true } optional)
            {
                items.Add(optional.Value);
            }
        }

        return CelValue.From(new ArrayList([.. items]));
    }
}
