using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// The overloads of a function that a call may mean, by name, form and number of arguments. The values choose among them.
/// </summary>
internal sealed class OverloadSet(string function, Overload[] overloads)
{
    private readonly CelValue _mismatch = CelValue.From(CelFault.NoOverload(Operators.Shown(function)));

    public string Function => function;

    public IReadOnlyList<Overload> Overloads => overloads;

    /// <summary>An error among the arguments is the result: functions are strict.</summary>
    public CelValue Invoke(CelActivation frame, ReadOnlySpan<CelValue> arguments)
    {
        frame.Budget--;
        foreach (ref readonly var argument in arguments)
        {
            if (argument.IsError)
            {
                return argument;
            }
        }

        foreach (var overload in overloads)
        {
            if (overload.Takes(arguments))
            {
                return overload.Body(frame, arguments);
            }
        }

        return _mismatch;
    }
}
