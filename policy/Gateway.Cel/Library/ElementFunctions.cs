using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Elements of lists and entries of maps: by index or key, and whether they are there.</summary>
internal static class ElementFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("_[_](list(A), int) -> A", (_, a) => Element(a[0], a[1]), takesWholeNumbers: true),
        new("_[_](map(A, B), A) -> B", (_, a) => Element(a[0], a[1])),
        new("_[_](optional(list(A)), int) -> optional(A)", (_, a) => OptionalElement(a[0], a[1]), takesWholeNumbers: true),
        new("_[_](optional(map(A, B)), A) -> optional(B)", (_, a) => OptionalElement(a[0], a[1])),
        new("_[?_](list(A), int) -> optional(A)", (_, a) => OptionalElement(a[0], a[1]), takesWholeNumbers: true),
        new("_[?_](map(A, B), A) -> optional(B)", (_, a) => OptionalElement(a[0], a[1])),
        new("_[?_](optional(list(A)), int) -> optional(A)", (_, a) => OptionalElement(a[0], a[1]), takesWholeNumbers: true),
        new("_[?_](optional(map(A, B)), A) -> optional(B)", (_, a) => OptionalElement(a[0], a[1])),
        new($"{Operators.In}(A, list(A)) -> bool", (f, a) => Contains(f, a[1].AsList, a[0])),
        new($"{Operators.In}(A, map(A, B)) -> bool", (f, a) => CelValue.From(a[1].AsMap.TryGet(a[0], out _))),
    ];

    private static CelValue Element(in CelValue container, in CelValue index) =>
        ElementFinder.TryFind(container, index, out var found) ? found
        : !found.IsError || found.Kind == CelKind.Error ? found
        : container.Kind == CelKind.List ? Failures.OutOfBounds
        : Failures.NoSuchKey;

    private static CelValue OptionalElement(in CelValue container, in CelValue index)
    {
        if (container.Kind == CelKind.Optional)
        {
            var inner = container.AsOptional;
            return inner.HasValue ? OptionalElement(inner.Value, index) : CelOptional.None;
        }

        return !ElementFinder.TryFind(container, index, out var found) ? (found.Kind == CelKind.Error ? found : CelOptional.None)
            : found.IsError ? found
            : CelOptional.Of(found);
    }

    private static CelValue Contains(CelActivation frame, CelList list, in CelValue wanted)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return Failures.TooCostly;
            }

            if (DeepEquality.AreEqual(frame, list[i], wanted))
            {
                return CelValue.True;
            }
        }

        return CelValue.False;
    }
}
