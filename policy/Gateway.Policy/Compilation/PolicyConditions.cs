using System.Globalization;
using Gateway.Cel;
using Gateway.Policy.Conditions;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Compilation;

/// <summary>Every rule's <c>when:</c>, compiled once when documents load, so that a mistake in one is an error then.</summary>
internal sealed class PolicyConditions
{
    private readonly Dictionary<ConditionText, CompiledCondition> _compiled = [];
    private readonly Dictionary<ConditionText, Reads> _reads = [];

    /// <summary>What it may read; everything for one that had an error.</summary>
    public Reads ReadsOf(ConditionText text) => _reads.GetValueOrDefault(text, Reads.OfOneAction);

    /// <summary>Null for one that had an error: its documents aren't used.</summary>
    public RuleCondition? Of(ConditionText text) => _compiled.TryGetValue(text, out var condition) ? condition.Test : null;

    /// <summary>Null for one that had an error.</summary>
    public CompiledCondition? Find(ConditionText text) => _compiled.GetValueOrDefault(text);

    /// <summary>None for one that had an error.</summary>
    public IReadOnlyList<RuleGuard> GuardsOf(ConditionText text) => Find(text)?.FindGuards() ?? [];

    /// <summary>What a condition may read of an action's arguments and query.</summary>
    public ActionParts PartsOf(ConditionText? text) =>
        text is not null && _compiled.TryGetValue(text, out var condition) ? condition.Parts : ActionParts.None;

    /// <summary>Null for one that had an error, and for a rule without one.</summary>
    public CompiledCondition? FindOf(ConditionText? text) => text is null ? null : Find(text);

    public static PolicyConditions Compile(IEnumerable<NamedPolicy> policies, ErrorList errors)
    {
        var conditions = new PolicyConditions();
        foreach (var rule in policies.SelectMany(policy => policy.Rules.Rules))
        {
            if (rule.Condition is { } text)
            {
                conditions.Add(rule.Name, text, errors);
            }
        }

        return conditions;
    }

    private void Add(string rule, ConditionText text, ErrorList errors)
    {
        var compilation = CelCompiler.CompileCondition(text.Text, ConditionVariables.Environment);
        if (compilation.Program is { } program)
        {
            _compiled[text] = new CompiledCondition(program);
            _reads[text] = VariableReads.Of(program);
            return;
        }

        foreach (var error in compilation.Errors)
        {
            var place = string.Create(
                CultureInfo.InvariantCulture,
                $"The condition of rule '{rule}' is wrong at character {error.Column}: {error.Message}."
            );
            errors.Add(
                text.Position,
                "when",
                place,
                error.Nearest is { } nearest ? $"Did you mean '{nearest}'?" : "See the page on conditions for names and types."
            );
        }
    }
}
