using Gateway.Policy.Cel;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>A rule's condition with the places of what it reads. Immutable and thread-safe.</summary>
internal sealed class CompiledCondition
{
    private readonly CelProgram _program;
    private readonly ulong _slots;

    public CompiledCondition(CelProgram program)
    {
        _program = program;
        foreach (var path in program.Reads)
        {
            _slots |= 1UL << ConditionVariables.Environment.SlotOf(path.Variable);
        }
    }

    /// <summary>As the rules call it: the frame comes as their scope. Without one nothing can be told.</summary>
    public ConditionAnswer Test(RuleIntent intent, RuleFacts facts) => facts.Scope is not ConditionFrame frame
        ? ConditionAnswer.Error
        : _program.Test(frame.With(_slots)) switch
        {
            CelTruth.True => ConditionAnswer.True,
            CelTruth.False => ConditionAnswer.False,
            CelTruth.Error => ConditionAnswer.Error,
        };
}
