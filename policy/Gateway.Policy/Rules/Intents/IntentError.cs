namespace Gateway.Policy.Rules.Intents;

/// <summary>One thing wrong with an intent: where in it, and what. Holds nothing that the caller wrote but names of fields.</summary>
public sealed record IntentError(string Field, string Problem)
{
    public override string ToString() => Field.Length == 0 ? Problem : $"{Field}: {Problem}";
}
