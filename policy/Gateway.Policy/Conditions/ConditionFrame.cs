using Gateway.Cel.Evaluation;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Policy.Conditions;

/// <summary>
/// The variables of one action, each filled when a condition first reads it. One instance a thread, used again and again: an action's
/// values are forgotten before the next one's are read.
/// </summary>
public sealed class ConditionFrame
{
    [ThreadStatic]
    private static ConditionFrame? _ofThread;

    private readonly CelActivation _activation = ConditionVariables.Environment.CreateActivation();
    private ActionProfile _action;
    private ulong _filled;

    /// <summary>What is known of the action; null for all of it.</summary>
    public ActionParts? Known => _action.Intent?.Known;

    /// <summary>A condition couldn't be told for want of something that the action's record doesn't hold.</summary>
    public bool MissedSomething { get; set; }

    /// <summary>The thread's own, emptied. Not to be kept, and not to be used for two actions at once.</summary>
    public static ConditionFrame For(in ActionProfile action)
    {
        var frame = _ofThread ??= new ConditionFrame();
        frame.Clear();
        frame._action = action;
        return frame;
    }

    /// <summary>The activation with at least these variables in it.</summary>
    /// <param name="slots">A bit for each.</param>
    public CelActivation With(ulong slots)
    {
        for (var missing = slots & ~_filled; missing != 0; missing &= missing - 1)
        {
            var slot = System.Numerics.BitOperations.TrailingZeroCount(missing);
            _activation[slot] = ConditionVariables.All[slot].Read(_action);
        }

        _filled |= slots;
        return _activation;
    }

    /// <summary>The same, with some variables unset: what of them a condition would read isn't known.</summary>
    public CelActivation With(ulong slots, ulong unknown)
    {
        for (var hidden = unknown & _filled; hidden != 0; hidden &= hidden - 1)
        {
            _activation[System.Numerics.BitOperations.TrailingZeroCount(hidden)] = default;
        }

        _filled &= ~unknown;
        return With(slots & ~unknown);
    }

    /// <summary>Lets go of the request: its body is returned to a pool when it has ended.</summary>
    public void Clear()
    {
        if (_filled != 0)
        {
            _activation.Clear();
        }

        (_filled, _action, MissedSomething) = (0, default, false);
    }
}
