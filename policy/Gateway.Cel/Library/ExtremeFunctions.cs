using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// The largest and the smallest of numbers, also of several types. More than two numbers are given to them as a list by the checker.
/// </summary>
internal static class ExtremeFunctions
{
    public const string Greatest = "math.greatest";
    public const string Least = "math.least";

    private static readonly string[] Types = ["int", "uint", "double"];

    private static readonly CelValue NoNumbers = CelValue.Fail("the list is empty, or holds something that isn't a number");

    public static IReadOnlyList<Overload> Overloads { get; } = [.. OverloadsOf(Greatest, 1), .. OverloadsOf(Least, -1)];

    /// <param name="side">What the comparison of a better candidate with the best so far gives.</param>
    private static IEnumerable<Overload> OverloadsOf(string name, int side)
    {
        foreach (var type in Types)
        {
            yield return new Overload($"{name}({type}) -> {type}", (_, a) => a[0]);
            yield return new Overload($"{name}(list({type})) -> {type}", (f, a) => OfList(f, a[0].AsList, side));
            foreach (var other in Types)
            {
                yield return new Overload(
                    $"{name}({type}, {other}) -> {(type == other ? type : "dyn")}",
                    (_, a) => Better(a[0], a[1], side)
                );
            }
        }
    }

    /// <summary>The first stays unless the second is beyond it.</summary>
    private static CelValue Better(in CelValue best, in CelValue candidate, int side) =>
        NumberComparison.Compare(candidate, best) == side ? candidate : best;

    private static CelValue OfList(CelActivation frame, CelList list, int side)
    {
        if (!frame.Charge(list.Count))
        {
            return Failures.TooCostly;
        }

        var best = list.Count == 0 ? default : list[0];
        for (var i = 0; i < list.Count; i++)
        {
            if (!NumberComparison.IsNumber(list[i].Kind))
            {
                return NoNumbers;
            }

            best = Better(best, list[i], side);
        }

        return list.Count == 0 ? NoNumbers : best;
    }
}
