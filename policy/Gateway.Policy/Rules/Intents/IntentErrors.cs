namespace Gateway.Policy.Rules.Intents;

/// <summary>Collects what is wrong with an intent. Not thread-safe.</summary>
public sealed class IntentErrors
{
    private const int MaxShown = 100;

    private readonly List<IntentError> _errors = [];

    public bool Any => _errors.Count > 0;

    public IReadOnlyList<IntentError> All => _errors;

    public void Add(string field, string problem)
    {
        if (_errors.Count < MaxShown)
        {
            _errors.Add(new IntentError(field, problem));
        }
    }
}
