using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// Writes the limits of admissions, those of requests with the same ones once. Not thread-safe: used again for every call.
/// </summary>
internal sealed class LimitWriter(RedisKeys names, ScriptCallBuilder call)
{
    private AdmissionRequest? _writtenOf;

    /// <value>Where the limits that were written last begin among the keys, counted from 1 as in Lua.</value>
    public int Keys { get; private set; }

    /// <value>The argument of those limits, counted the same.</value>
    public int Argument { get; private set; }

    /// <summary>Forgets what another call holds.</summary>
    public void Clear() => _writtenOf = null;

    /// <summary>Writes the request's limits, unless those that were written last are the same: then it points there.</summary>
    public void Write(AdmissionRequest request)
    {
        if (_writtenOf is null || !SameLimits.Are(_writtenOf, request))
        {
            Add(request);
        }
    }

    private void Add(AdmissionRequest request)
    {
        _writtenOf = request;
        Keys = call.Keys.Count + 1;
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var use = request.Rates[i];
            call.Keys.Add(names.Rate(use));
            call.Numbers.Add(Gcra.Interval(use.Limit), Gcra.Tolerance(use.Limit));
        }

        for (var i = 0; i < request.Concurrency.Count; i++)
        {
            call.Keys.Add(names.Slots(request.Concurrency[i]));
            call.Numbers.Add(request.Concurrency[i].Max);
        }

        for (var i = 0; i < request.Budgets.Count; i++)
        {
            var use = request.Budgets[i];
            call.Keys.Add(names.Budget(use));
            call.Numbers.Add(use.Budget.Tokens, Micros.From(use.Budget.Window));
        }

        call.Arguments.Add(call.Numbers.Take());
        Argument = call.Arguments.Count;
    }
}
