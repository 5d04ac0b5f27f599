using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>Collects everything that is wrong, so that an author sees it all at once. Not thread-safe.</summary>
public sealed class ErrorList
{
    /// <summary>Errors shown at most; more are counted. Nobody reads past it, and a hostile file can't fill the memory.</summary>
    public const int MaxShown = 1000;

    private readonly List<GovernanceError> _shown = [];

    /// <summary>All errors, the ones over <see cref="MaxShown"/> too.</summary>
    public int Count { get; private set; }

    /// <summary>Whether further errors are only counted, so that no work need go into them.</summary>
    public bool IsFull => _shown.Count == MaxShown;

    public void Add(SourcePosition position, string field, string problem, string remedy)
    {
        Count++;
        if (_shown.Count < MaxShown)
        {
            _shown.Add(new GovernanceError(position, field, problem, remedy));
        }
    }

    /// <summary>Those of another list, in its order.</summary>
    public void AddAll(ErrorList more)
    {
        ArgumentNullException.ThrowIfNull(more);
        Count += more.Count;
        _shown.AddRange(more._shown.Take(MaxShown - _shown.Count));
    }

    /// <summary>By file, line and column; a last one says how many are left out.</summary>
    public IReadOnlyList<GovernanceError> InOrder()
    {
        List<GovernanceError> errors =
        [
            .. _shown.OrderBy(e => e.Position.File, StringComparer.Ordinal).ThenBy(e => e.Position.Line).ThenBy(e => e.Position.Column),
        ];
        if (Count > errors.Count)
        {
            errors.Add(new GovernanceError(default, "", $"There are {Count - errors.Count} more errors.", "Mend these first."));
        }

        return errors;
    }
}

/// <summary>Text from a document as an error may show it: short, on one line, without control characters.</summary>
internal static class ErrorText
{
    private const int MaxLength = 60;

    public static string Quote(string text)
    {
        var shown = text.Length > MaxLength ? text[..MaxLength] + "…" : text;
        return "'" + string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)) + "'";
    }
}
