namespace Gateway.Proxy.Tests.Architecture.Violations.Rooms.Decisions;

internal sealed class LaterException : Exception;
