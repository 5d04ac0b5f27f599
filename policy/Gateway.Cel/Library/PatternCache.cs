using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Gateway.Cel.Evaluation;

namespace Gateway.Cel.Library;

/// <summary>
/// Patterns that aren't written in an expression but come from values, compiled lately. Thread-safe. It holds a fixed number: when it is
/// full it starts anew, so that values sent by somebody can't fill the memory.
/// </summary>
internal static class PatternCache
{
    private const int Capacity = 64;
    private const int StepsToCompile = 500;

    private static readonly ConcurrentDictionary<string, TextPattern> Compiled = new(StringComparer.Ordinal);

    public static bool TryGet(CelActivation frame, string pattern, [NotNullWhen(true)] out TextPattern? compiled, out string problem)
    {
        problem = "";

        // The steps don't depend on what the cache holds, or one evaluation could end differently from the next.
        if (!frame.Charge(StepsToCompile + pattern.Length))
        {
            compiled = null;
            return false;
        }

        if (Compiled.TryGetValue(pattern, out compiled))
        {
            return true;
        }

        if (!TextPattern.TryCompile(pattern, out compiled, out problem))
        {
            return false;
        }

        if (Compiled.Count >= Capacity)
        {
            Compiled.Clear();
        }

        Compiled[pattern] = compiled;
        return true;
    }
}
