namespace Gateway.Proxy.Tests.Architecture;

/// <summary>A member that only some may call. A name that nothing calls is an offence too: it would guard nothing.</summary>
/// <param name="Why">What breaks otherwise.</param>
/// <param name="By">Namespaces and types that may.</param>
internal sealed record Ownership(string Type, string Member, string Why, params string[] By)
{
    public IEnumerable<string> Offences(IReadOnlyList<Use> uses)
    {
        var calls = uses.Where(use => use.Type == Type && use.Member == Member && use.User != Type).ToList();
        if (calls.Count == 0)
        {
            yield return $"Nothing calls {Type}.{Member}. It was renamed or is gone: change the rule with it.";
        }

        foreach (var use in calls.Where(use => !By.Any(use.IsBy)))
        {
            yield return $"{use.Place} calls {use.Named}, which only {string.Join(", ", By)} may: {Why}";
        }
    }
}
