using Gateway.Cel;
using Gateway.Cel.Compilation;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Interpretation;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Conditions;

/// <summary>A rule's condition with the places of what it reads. Immutable and thread-safe.</summary>
public sealed class CompiledCondition
{
    private const string Arguments = "args";
    private const string Path = "intent.path";
    private const string Query = "query";

    private readonly CelProgram _program;
    private readonly ulong _slots;
    private IReadOnlyList<string>? _words;

    public CompiledCondition(CelProgram program)
    {
        _program = program;
        foreach (var path in program.Reads)
        {
            _slots |= SlotOf(path.Variable);
        }

        Parts = new ActionParts(
            ActionParts.Widest(program.Reads.Where(path => path.Variable == Arguments).Select(path => new ArgumentPath(path.Fields))),
            program.Reads.Any(path => path.Variable is Path or Query)
        );
    }

    /// <summary>What it may read of an action's arguments and query.</summary>
    public ActionParts Parts { get; }

    /// <summary>The ways to the names that it may look for in the arguments, each with what it may look for below.</summary>
    public IEnumerable<(IReadOnlyList<string> Steps, IReadOnlyList<string> Words)> FindArgumentNames() => FindNames(Arguments);

    /// <summary>The same among the parameters of the query.</summary>
    public IEnumerable<(IReadOnlyList<string> Steps, IReadOnlyList<string> Words)> FindParameterNames() => FindNames(Query);

    /// <summary>By what the rules can tell without asking that it is false.</summary>
    public IReadOnlyList<RuleGuard> FindGuards() =>
        [.. _program.FindGuards().Select(guard => new RuleGuard(SubjectOf(guard.Subject), guard.Constants))];

    /// <summary>As the rules call it: the frame comes as their scope. Without one nothing can be told.</summary>
    public ConditionAnswer Test(RuleIntent intent, RuleFacts facts)
    {
        if (facts.Scope is not ConditionFrame frame)
        {
            return ConditionAnswer.Error;
        }

        var unknown = frame.Known is { } known ? Unknown(known) : 0;
        var truth = _program.Test(unknown == 0 ? frame.With(_slots) : frame.With(_slots, unknown));

        // True and false hold whatever the value would be: an error in one term is only absorbed by another that decides alone.
        frame.MissedSomething |= unknown != 0 && truth == CelTruth.Error;
        return truth switch
        {
            CelTruth.True => ConditionAnswer.True,
            CelTruth.False => ConditionAnswer.False,
            CelTruth.Error => ConditionAnswer.Error,
        };
    }

    /// <summary>
    /// What each part gives, by the evaluator that walks the tree. What of the action isn't known is in error where it is read.
    /// </summary>
    public CelTrace Explain(ConditionFrame frame)
    {
        var unknown = frame.Known is { } known ? Unknown(known) : 0;
        return _program.Explain(unknown == 0 ? frame.With(_slots) : frame.With(_slots, unknown));
    }

    private IEnumerable<(IReadOnlyList<string> Steps, IReadOnlyList<string> Words)> FindNames(string variable)
    {
        var words = _words ??= _program.FindWords();
        return _program.Reads.Where(path => path.Variable == variable).Select(path => (path.Fields, words));
    }

    /// <summary>Of an action of which not everything is known no subject can be told: that is for each condition to say.</summary>
    private static RuleSubject SubjectOf(CelSubject subject)
    {
        var slot = SlotOf(subject.Variable);
        return new RuleSubject(
            subject,
            facts => facts.Scope is ConditionFrame { Known: null } frame ? subject.Read(frame.With(slot)) : default
        );
    }

    /// <summary>A bit for each variable of which something isn't known that it may read.</summary>
    private ulong Unknown(ActionParts known) =>
        (Parts.Arguments.All(known.Covers) ? 0 : SlotOf(Arguments)) | (Parts.Query && !known.Query ? SlotOf(Path) | SlotOf(Query) : 0);

    private static ulong SlotOf(string variable) => 1UL << ConditionVariables.Environment.SlotOf(variable);
}

/// <summary>How a rule's condition came out for one action, part by part. It shows data of the request.</summary>
/// <param name="Source">Where the condition stands.</param>
public sealed record ConditionTrace(string Policy, string Rule, string Text, SourcePosition Source, CelTrace Trace);
