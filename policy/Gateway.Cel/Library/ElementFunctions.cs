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

    private static readonly CelValue BadIndex = CelValue.From(CelFault.NoOverload("[]"));

    private static CelValue Element(in CelValue container, in CelValue index) =>
        TryElement(container, index, out var found) ? found
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

        return TryElement(container, index, out var found) ? Wrapped(found)
            : found.Kind == CelKind.Error ? found
            : CelOptional.None;
    }

    private static CelValue Wrapped(in CelValue value) => value.IsError ? value : CelOptional.Of(value);

    /// <summary>False with an unset value where there is nothing, and with an error where the index can't be one.</summary>
    private static bool TryElement(in CelValue container, in CelValue index, out CelValue found)
    {
        found = BadIndex;
        if (container.Kind == CelKind.Map)
        {
            return MayFind(index.Kind) && container.AsMap.TryGet(index, out found);
        }

        if (container.Kind != CelKind.List || !TryPosition(index, out var position))
        {
            return false;
        }

        var list = container.AsList;
        var isThere = position >= 0 && position < list.Count;
        found = isThere ? list[(int)position] : default;
        return isThere;
    }

    private static bool MayFind(CelKind kind) => KeyComparer.MayBeKey(kind) || kind == CelKind.Double;

    /// <summary>An int, or a uint or double that is one.</summary>
    private static bool TryPosition(in CelValue index, out long position)
    {
        position = index.Kind switch
        {
            CelKind.Int => index.AsInt,
            CelKind.Uint => index.AsUint <= int.MaxValue ? (long)index.AsUint : int.MaxValue,
            CelKind.Double when index.AsDouble is >= int.MinValue and <= int.MaxValue => (long)index.AsDouble,
            _ => -1,
        };
        return index.Kind is CelKind.Int or CelKind.Uint || (index.Kind == CelKind.Double && position == index.AsDouble);
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
