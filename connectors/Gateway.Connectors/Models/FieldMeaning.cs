namespace Gateway.Connectors.Models;

/// <summary>What a field of a request's top level means to Gateway. A field that is in no list is refused.</summary>
internal enum FieldMeaning
{
    Unknown = 0,

    /// <summary>Nothing: it goes through unread.</summary>
    Plain,

    /// <summary>The model's name.</summary>
    Model,

    /// <summary>Output tokens at most.</summary>
    MaxTokens,

    /// <summary>A number of answers.</summary>
    Choices,

    /// <summary>How hard to think, as a word: the output that is thought doesn't show, unless it says <c>none</c>.</summary>
    Effort,

    /// <summary>The same, as an object with <c>effort</c>.</summary>
    Reasoning,

    /// <summary>Anthropic's thought, with a budget of its own.</summary>
    Thinking,

    /// <summary>Whether the conversation may be summed up on the way: one answer more.</summary>
    Compaction,

    /// <summary>Content that the answer may hold again; what of it is wrong is output that doesn't show.</summary>
    Prediction,

    /// <summary>Whether the answer begins with the prompt.</summary>
    Echo,

    /// <summary>Whether to answer as a stream.</summary>
    Stream,

    /// <summary>An object; <c>include_usage</c> asks for usage in the stream.</summary>
    StreamOptions,

    /// <summary>Whether the provider keeps the answer.</summary>
    Store,

    /// <summary>Whether the provider works on after the connection ended: a hosted tool named like the field.</summary>
    Background,

    /// <summary>What the model reads: searched for references to what the provider keeps.</summary>
    Content,

    /// <summary>Content that is a list of items, some of which name a kept one by its id alone.</summary>
    Items,

    /// <summary>Content that asks for one answer an entry.</summary>
    Prompts,

    /// <summary>Tools, some of which the provider would run.</summary>
    Tools,

    /// <summary>Remote servers whose tools the provider would call: a hosted tool named like the field.</summary>
    Servers,

    /// <summary>Switches on the provider's web search: the hosted tool <c>web_search</c>.</summary>
    WebSearch,

    /// <summary>The id of an answer that the provider keeps, as text or in an object: the agent must have been given it.</summary>
    Reference,

    /// <summary>The same of a conversation, which the items of the call become a part of.</summary>
    Conversation,

    /// <summary>A reference to what the provider keeps for the whole account: refused.</summary>
    State,

    /// <summary>A power that gets round what was judged, such as another model: refused.</summary>
    Power,

    /// <summary>Credentials or configuration of the provider's account: refused.</summary>
    Credentials,
}
