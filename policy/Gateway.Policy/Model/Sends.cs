namespace Gateway.Policy.Model;

/// <summary>
/// What a request of an operation carries out to its system in path, query, headers and body, the most first: a read carries out too. Unset
/// is judged as content.
/// </summary>
public enum Sends
{
    /// <summary>Whatever its author likes.</summary>
    Content = 0,

    /// <summary>Short names of things, in the path and the query; no body and no headers.</summary>
    Identifiers = 1,

    /// <summary>Nothing but that it is asked for: a fixed path without a query, a body or headers.</summary>
    Nothing = 2,
}
