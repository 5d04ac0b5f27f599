namespace Gateway.Proxy.Tests.Architecture.Violations.Stages.Decisions;

internal sealed class LaterException : Exception;
