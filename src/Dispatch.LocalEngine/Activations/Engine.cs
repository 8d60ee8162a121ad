using Dispatch.Storage;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Dispatch.LocalEngine;

/// <summary>What the parts of one engine share.</summary>
internal sealed class Engine
{
    public Engine(LocalEngineOptions options, GrainClasses classes, TimeProvider clock, ITurnScheduler turns, ILocalStore store, ILoggerFactory loggers, IServiceProvider services)
    {
        Options = options;
        Classes = classes;
        Clock = clock;
        Turns = turns;
        Store = store;
        Services = services;
        Log = loggers.CreateLogger("Dispatch.LocalEngine");
        Messages = new(options);
        Catalog = new(this);
        Reminders = new(this);
        Factory = new LocalGrainFactory(this);
    }

    public LocalEngineOptions Options { get; }

    public GrainClasses Classes { get; }

    public TimeProvider Clock { get; }

    public ITurnScheduler Turns { get; }

    public ILocalStore Store { get; }

    public IServiceProvider Services { get; }

    public ILogger Log { get; }

    public Messages Messages { get; }

    public Catalog Catalog { get; }

    public ReminderSchedule Reminders { get; }

    public IGrainFactory Factory { get; }
}
