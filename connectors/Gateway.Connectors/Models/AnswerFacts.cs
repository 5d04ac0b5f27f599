using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Models;

/// <summary>What one JSON text of a provider says that matters to Gateway.</summary>
internal struct AnswerFacts
{
    public TokenUsage Usage { get; set; }

    /// <summary>Whether there is an <c>error</c> that isn't null.</summary>
    public bool HasError { get; set; }

    /// <summary>Whether <c>choices</c> is there and empty.</summary>
    public bool HasNoChoices { get; set; }

    /// <summary>Whether <c>moderation</c> is there and not null.</summary>
    public bool HasModeration { get; set; }

    public AnswerKind Kind { get; set; }
}

/// <summary>What a text's <c>type</c>, or an event's, says it is.</summary>
internal enum AnswerKind
{
    Other = 0,

    /// <summary>The last event of a stream.</summary>
    Last,

    /// <summary>The provider's error event.</summary>
    Error,
}
