using System.Collections;
using System.Runtime.CompilerServices;

namespace Gateway.Policy.Model;

/// <summary>
/// A decision's path: one entry a control, in order. Immutable, so that decisions can share one and what is made of it can be kept with it.
/// Thread-safe.
/// </summary>
[CollectionBuilder(typeof(DecisionPath), nameof(Create))]
public sealed class DecisionPath : IReadOnlyList<PathEntry>
{
    private static readonly DecisionPath Empty = new([]);

    private readonly PathEntry[] _entries;
    private byte[]? _form;

    private DecisionPath(PathEntry[] entries) => _entries = entries;

    public int Count => _entries.Length;

    public PathEntry this[int index] => _entries[index];

    /// <summary>
    /// What <see cref="Canonical.PathForm"/> knows of its bytes: null before they are first written, empty after that, then the bytes. Not
    /// to be changed.
    /// </summary>
    internal byte[]? Form
    {
        get => Volatile.Read(ref _form);
        set => Volatile.Write(ref _form, value);
    }

    /// <summary>A path of a copy of the entries.</summary>
    public static DecisionPath Create(ReadOnlySpan<PathEntry> entries) => entries.IsEmpty ? Empty : new(entries.ToArray());

    public ReadOnlySpan<PathEntry> AsSpan() => _entries;

    public IEnumerator<PathEntry> GetEnumerator() => ((IEnumerable<PathEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>One step of a decision's path: which control, how it ended, on what, and the document that it rests on.</summary>
/// <param name="Reason">Why it failed; <see cref="ReasonCode.None"/> when it didn't.</param>
/// <param name="Inputs">The values that it read, such as <c>level=L2 action=external</c>: names and enums, never content.</param>
/// <param name="Source">Null where no document says anything about it.</param>
public readonly record struct PathEntry(Control Control, CheckOutcome Outcome, ReasonCode Reason, string Inputs, SourcePosition? Source);

/// <summary>How one check ended. Unset is a failure.</summary>
public enum CheckOutcome
{
    Fail = 0,
    Pass = 1,
    NotApplicable = 2,
}

/// <summary>The ordered governance checks. The numbers are the ones in the documentation and in records.</summary>
public enum Control
{
    None = 0,
    AgentRegistration = 1,
    LifecycleStatus = 2,
    HumanOwner = 3,
    SecurityOwner = 4,
    AtfBoundary = 5,
    ToolPermission = 6,
    ApprovalGate = 7,
    DataMovement = 8,
    IncidentPlaybooks = 9,
    RisksAndFindings = 10,
    RedTeamValidation = 11,
}

/// <summary>What one policy's rules came to for an intent: a step of the decision's path after the controls.</summary>
/// <param name="Policy">The name of the <c>Policy</c> document.</param>
/// <param name="Verdict">Allow where they add nothing.</param>
/// <param name="Rules">The names of the rules that counted, sorted.</param>
/// <param name="ReasonCodes">The policy's own codes, sorted: free words of whoever wrote it.</param>
/// <param name="Violations">The same for what it calls violations.</param>
/// <param name="Source">The document.</param>
public sealed record RuleEntry(
    string Policy,
    Verdict Verdict,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> ReasonCodes,
    IReadOnlyList<string> Violations,
    SourcePosition Source
);
