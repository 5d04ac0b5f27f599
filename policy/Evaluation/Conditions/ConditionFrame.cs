using Gateway.Policy.Cel;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>
/// The variables of one action, each filled when a condition first reads it. One instance a thread, used again and again: an action's values are forgotten before the
/// next one's are read.
/// </summary>
internal sealed class ConditionFrame
{
    [ThreadStatic]
    private static ConditionFrame? _ofThread;

    private readonly CelActivation _activation = ConditionVariables.Environment.CreateActivation();
    private ActionProfile _action;
    private ulong _filled;

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

    /// <summary>Lets go of the request: its body is returned to a pool when it has ended.</summary>
    public void Clear()
    {
        if (_filled != 0)
        {
            _activation.Clear();
        }

        (_filled, _action) = (0, default);
    }
}
