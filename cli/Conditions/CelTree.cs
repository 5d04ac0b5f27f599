using Gateway.Cel.Interpretation;
using Gateway.Cel.Values;
using Gateway.Cli.Results;
using Spectre.Console;

namespace Gateway.Cli.Conditions;

/// <summary>Every part of an expression with what it gave, for people. Its nodes are text, never markup.</summary>
internal static class CelTree
{
    public static Tree Of(CelTrace trace, string expression)
    {
        var tree = new Tree(new Text(Printable.Lines(Line(expression, trace.Result.Value))));
        Fill(tree, trace);
        return tree;
    }

    /// <summary>Everything below the whole expression.</summary>
    public static void Fill(IHasTreeNodes root, CelTrace trace)
    {
        var open = new List<IHasTreeNodes> { root };
        foreach (var entry in trace.Entries.Skip(1))
        {
            var depth = Math.Clamp(entry.Depth, 1, open.Count);
            open.RemoveRange(depth, open.Count - depth);
            open.Add(open[depth - 1].AddNode(new Text(Printable.Lines(Line(entry.Text, entry.Value)))));
        }

        if (trace.IsCut)
        {
            root.AddNode(new Text($"… and more: only the first {CelTrace.MaxEntries} parts are kept"));
        }
    }

    public static string Line(string expression, in CelValue value) => $"{OneLine(expression)}  =>  {ValueText.Of(value)}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
