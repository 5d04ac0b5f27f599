using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Joining of texts, bytes and lists, and how much there is of them. What is copied costs steps.</summary>
internal static class JoiningFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("_+_(string, string) -> string", (f, a) => Join(f, a[0].AsString, a[1].AsString)),
        new("_+_(bytes, bytes) -> bytes", (f, a) => Join(f, a[0].AsBytes, a[1].AsBytes)),
        new("_+_(list(A), list(A)) -> list(A)", (f, a) => Join(f, a[0].AsList, a[1].AsList)),
        new("size(string) -> int", (f, a) => SizeOfText(f, a[0])),
        new("(string).size() -> int", (f, a) => SizeOfText(f, a[0])),
        new("size(bytes) -> int", (_, a) => CelValue.From((long)a[0].AsBytes.Length)),
        new("(bytes).size() -> int", (_, a) => CelValue.From((long)a[0].AsBytes.Length)),
        new("size(list(A)) -> int", (_, a) => CelValue.From((long)a[0].AsList.Count)),
        new("(list(A)).size() -> int", (_, a) => CelValue.From((long)a[0].AsList.Count)),
        new("size(map(A, B)) -> int", (_, a) => CelValue.From((long)a[0].AsMap.Count)),
        new("(map(A, B)).size() -> int", (_, a) => CelValue.From((long)a[0].AsMap.Count)),
    ];

    private static CelValue SizeOfText(CelActivation frame, in CelValue text) =>
        frame.ChargeText(text.AsString.Length) ? CelValue.From((long)CodePoints.Count(text.AsString)) : Failures.TooCostly;

    private static CelValue Join(CelActivation frame, string x, string y) =>
        frame.ChargeText((long)x.Length + y.Length) ? CelValue.From(x + y) : Failures.TooCostly;

    private static CelValue Join(CelActivation frame, byte[] x, byte[] y) =>
        frame.ChargeText((long)x.Length + y.Length) ? CelValue.From([.. x, .. y]) : Failures.TooCostly;

    private static CelValue Join(CelActivation frame, CelList x, CelList y)
    {
        if (!frame.Charge((long)x.Count + y.Count))
        {
            return Failures.TooCostly;
        }

        var items = new CelValue[x.Count + y.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = i < x.Count ? x[i] : y[i - x.Count];
        }

        return CelValue.From(new ArrayList(items));
    }
}
