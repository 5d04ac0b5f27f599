using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>One operation of a model provider: where it is, and how its requests and answers are read.</summary>
/// <param name="Operation">The name that policy knows it by.</param>
/// <param name="Path">The path behind the connector's base address, such as <c>/chat/completions</c>.</param>
/// <param name="Requests">Stateless.</param>
/// <param name="Answers">Makes the reader of one answer.</param>
public sealed record ModelOperation(
    ConnectorType Type,
    Id<Operation> Operation,
    string Path,
    IIntentReader Requests,
    Func<BodyReading, IResponseReader> Answers
);
