using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Lists as sets: order and repetition don't count. Each comparison of two elements is a step.</summary>
internal static class SetFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("sets.contains(list(A), list(A)) -> bool", (f, a) => Answer(f, HasAll(f, a[0].AsList, a[1].AsList))),
        new(
            "sets.equivalent(list(A), list(A)) -> bool",
            (f, a) => Answer(f, HasAll(f, a[0].AsList, a[1].AsList) && HasAll(f, a[1].AsList, a[0].AsList))
        ),
        new("sets.intersects(list(A), list(A)) -> bool", (f, a) => Answer(f, HasAny(f, a[0].AsList, a[1].AsList))),
    ];

    private static CelValue Answer(CelActivation frame, bool holds) => frame.Charge(0) ? CelValue.From(holds) : Failures.TooCostly;

    private static bool HasAll(CelActivation frame, CelList list, CelList wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!Has(frame, list, wanted[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasAny(CelActivation frame, CelList list, CelList wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (Has(frame, list, wanted[i]))
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Has(CelActivation frame, CelList list, in CelValue wanted)
    {
        for (var i = 0; i < list.Count && frame.Charge(1); i++)
        {
            if (DeepEquality.AreEqual(frame, list[i], wanted))
            {
                return true;
            }
        }

        return false;
    }
}
