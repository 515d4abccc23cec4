using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace PromptPlatform.TestKit;

/// <summary>Fails a test when the service under test logged an error that the test did not announce. Add it as a logger provider; call <see cref="Verify"/> in the tear-down.</summary>
public sealed class ErrorLogGuard : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedError> errors = new();
    private readonly ConcurrentBag<Func<LoggedError, bool>> announced = [];

    /// <summary>Errors and critical messages so far, announced ones included.</summary>
    public IReadOnlyCollection<LoggedError> Errors => errors;

    /// <summary>Announces errors whose message contains this text.</summary>
    public ErrorLogGuard Announce(string messagePart) => Announce(error => error.Message.Contains(messagePart, StringComparison.Ordinal));

    /// <summary>Announces errors of this kind.</summary>
    public ErrorLogGuard Announce(Func<LoggedError, bool> kind)
    {
        announced.Add(kind);
        return this;
    }

    /// <summary>Fails the test when an error was logged that nobody announced.</summary>
    public void Verify()
    {
        var surprises = errors.Where(error => !announced.Any(kind => kind(error))).Select(error => error.ToString()).ToList();
        Assert.That(surprises, Is.Empty, "the service logged errors that the test did not announce");
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, errors);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Collector(string category, ConcurrentQueue<LoggedError> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(new LoggedError(category, eventId, formatter(state, exception), exception));
            }
        }
    }
}
