using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>What a request is to be given back.</summary>
/// <param name="AdmittedAt">By Redis' clock: tells in which windows it was charged.</param>
internal readonly record struct Settlement(AdmissionRequest Request, DateTimeOffset AdmittedAt, long TokensUsed);
