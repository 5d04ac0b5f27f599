namespace Gateway.Authoring.Formatting;

/// <summary>A file's comments, by the line that each is in.</summary>
/// <param name="Own">Those that have a line for themselves.</param>
/// <param name="Behind">Those behind something.</param>
/// <param name="Blank">The empty lines.</param>
internal sealed record Comments(SortedDictionary<int, Comment> Own, SortedDictionary<int, Comment> Behind, IReadOnlySet<int> Blank);

/// <param name="Text">From the <c>#</c> on, without blanks at its end.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct Comment(string Text, int Column);
