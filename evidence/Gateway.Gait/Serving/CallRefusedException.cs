namespace Gateway.Gait.Serving;

/// <summary>A tool call that can't be judged. Nothing of it may be executed.</summary>
/// <param name="problems">Each one sentence, with the field in front where there is one.</param>
public sealed class CallRefusedException(IReadOnlyList<string> problems) : Exception(string.Join(' ', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
