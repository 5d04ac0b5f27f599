using System.Globalization;
using System.Text;

namespace Gateway.Cel.Tests.Conformance;

/// <summary>How the cases went, by file and section.</summary>
public sealed class ConformanceReport
{
    private readonly SortedDictionary<string, (int Passed, int Failed, int Out)> _sections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private readonly List<string> _failed = [];

    public int Passed => _sections.Values.Sum(counts => counts.Passed);

    public int OutOfScope => _sections.Values.Sum(counts => counts.Out);

    /// <summary>The name of each failed case, with what it gave.</summary>
    public IReadOnlyList<string> Failed => _failed;

    public void AddOutOfScope(ConformanceCase one, string reason)
    {
        _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
        Count(one, 0, 0, 1);
    }

    /// <param name="failure">Null where the case passed.</param>
    public void AddResult(ConformanceCase one, string? failure)
    {
        Count(one, failure is null ? 1 : 0, failure is null ? 0 : 1, 0);
        if (failure is not null)
        {
            _failed.Add($"{one.Name}: {one.Expression} gave {failure}");
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (section, counts) in _sections)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{section}: {counts.Passed} passed, {counts.Failed} failed, {counts.Out} out of scope"
            );
        }

        foreach (var (reason, count) in _reasons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"out of scope, {reason}: {count}");
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed.Count} failed, {OutOfScope} out of scope")
            .ToString();
    }

    private void Count(ConformanceCase one, int passed, int failed, int outOfScope)
    {
        var key = $"{one.File}/{one.Section}";
        var before = _sections.GetValueOrDefault(key);
        _sections[key] = (before.Passed + passed, before.Failed + failed, before.Out + outOfScope);
    }
}
