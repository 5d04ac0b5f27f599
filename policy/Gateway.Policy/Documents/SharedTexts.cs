namespace Gateway.Policy.Documents;

/// <summary>
/// Gives texts that were read lately again instead of an equal one: documents name the same few things over and over, and are kept for as
/// long as they are in force. Bounded; of one thread.
/// </summary>
internal sealed class SharedTexts
{
    private const int Slots = 2048;

    [ThreadStatic]
    private static SharedTexts? _ofThread;

    private readonly string?[] _texts = new string?[Slots];

    public static SharedTexts OfThread => _ofThread ??= new SharedTexts();

    public string Share(string text)
    {
        ref var slot = ref _texts[(uint)text.GetHashCode(StringComparison.Ordinal) % Slots];
        return slot == text ? slot! : slot = text;
    }
}
